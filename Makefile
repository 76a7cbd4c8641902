.DEFAULT_GOAL := help
.PHONY: backend_build backend_reload backend_logs frontend_logs frontend_restart initdb push help new test bench soak cluster argocd down clean staging prod dev status generate released format apiserver-bin matrix

help: ## show this list
	@awk -F ':.*## ' '/^[a-z_-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

new: ## start a real cluster with the operator and the staging example (CLUSTER=current: use kubectl's context)
	@k8s-dev/new.sh

test: ## run everything that CI runs
	@k8s-dev/test.sh

matrix: ## make every change of every field on sites with real pods and visitors; starts the cluster
	@k8s-dev/mvn.sh test -Dtest=ChangeMatrixClusterTest -Dmatrix.all=true

bench: ## measure what the operator costs and update docs/performance.md
	@k8s-dev/bench.sh

soak: ## run long tests that CI does not: developers' environments, and ten idle minutes under Argo CD
	@k8s-dev/soak.sh
	@k8s-dev/mvn.sh test -Dtest=GitOpsVariantsClusterTest -Dgitops.idle=PT10M

cluster: ## start the cluster without the operator's chart and the example
	@k8s-dev/new.sh cluster

argocd: ## start Argo CD and a Git server beside the cluster
	@k8s-dev/argocd.sh

down: ## stop the cluster and keep its data
	@k8s-dev/down.sh

clean: ## stop the cluster and delete its data; the cache keeps built programs and images
	@k8s-dev/down.sh clean

staging: ## deploy the staging example and wait until it answers
	@k8s-dev/deploy.sh staging

prod: ## deploy the prod example and wait until it answers
	@k8s-dev/deploy.sh prod

dev: ## run a source tree (SOURCE=folder, default the sample application) with reload, HMR and PostgreSQL
	@k8s-dev/dev.sh

backend_build: ## build the sample application's images (TAG=staging for one), or with SOURCE=folder the image of that tree
	@k8s-dev/$(if $(SOURCE),app.sh backend_build,push.sh build $(TAG))

push: ## build these images, and move their tags in the cluster's registry: who tracks a tag deploys it (TAG=staging for one)
	@k8s-dev/push.sh push $(TAG)

backend_reload: ## start new pods of the back end of make dev's environment (NAME=dev)
	@k8s-dev/app.sh $@

backend_logs: ## follow the log of the back end of make dev's environment
	@k8s-dev/app.sh $@

frontend_logs: ## follow the log of its node
	@k8s-dev/app.sh $@

frontend_restart: ## start node of make dev's environment anew
	@k8s-dev/app.sh $@

initdb: ## run the initdb scripts of make dev's environment again, and show what they print
	@k8s-dev/app.sh $@

status: ## show what is running
	@k8s-dev/status.sh

generate: ## rewrite the generated files: CRD, API reference, kustomize base, chart README's table, golden manifests, Argo CD's settings
	@k8s-dev/mvn.sh -q test -Dgolden.update -Dtest='GeneratedCrdTest,ApiReferenceTest,KustomizeTest,ChartReadmeTest,ConditionsPageTest,GoldenManifestsTest,ArgoCdConfigTest'

released: ## keep the CRD under the chart's version: later CRDs are compared with it
	@mkdir -p src/test/resources/released
	@cp deploy/crds/*.yaml "src/test/resources/released/$$(sed -n 's/^version: //p' deploy/helm/recordsponge-operator/Chart.yaml).yaml"

format: ## format the Java sources the way the build checks them
	@k8s-dev/mvn.sh -q spotless:apply

apiserver-bin: ## print the folder that holds kube-apiserver, etcd and kubectl
	@k8s-dev/tools/build.sh kubernetes
