.DEFAULT_GOAL := help
.PHONY: help new test bench cluster down clean staging prod status generate released format apiserver-bin

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

new: ## a real cluster with the operator and the staging example (CLUSTER=current: on kubectl's context)
	@k8s-dev/new.sh

test: ## everything that CI runs
	@k8s-dev/test.sh

bench: ## measure what the operator costs, and write it into docs/performance.md (about 10 minutes)
	@k8s-dev/mvn.sh -q test-compile exec:java@bench

cluster: ## only the cluster, the images and the base namespace
	@k8s-dev/new.sh cluster

down: ## stop the cluster; its data stays
	@k8s-dev/down.sh

clean: ## stop the cluster and remove its data; built parts stay in the cache
	@k8s-dev/down.sh clean

staging: ## deploy the staging example and wait
	@k8s-dev/deploy.sh staging

prod: ## deploy the prod example and wait
	@k8s-dev/deploy.sh prod

status: ## what runs
	@k8s-dev/status.sh

generate: ## rewrite the generated files: the CRD, its reference, the kustomize base, the chart's table of values, what the examples become
	@k8s-dev/mvn.sh -q test -Dgolden.update -Dtest='GeneratedCrdTest,ApiReferenceTest,KustomizeTest,ChartReadmeTest,GoldenManifestsTest'

released: ## keep the CRD as that of the last release, which the next one is compared with
	@rm -f src/test/resources/released/*.yaml
	@cp deploy/crds/*.yaml "src/test/resources/released/$$(sed -n 's/^version: //p' deploy/helm/recordsponge-operator/Chart.yaml).yaml"

format: ## format the Java sources, as the build checks it
	@k8s-dev/mvn.sh -q spotless:apply

apiserver-bin: ## print the folder of kube-apiserver, etcd and kubectl
	@k8s-dev/tools/build.sh kubernetes
