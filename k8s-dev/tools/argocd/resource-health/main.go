// Prints the health of resources as Argo CD computes it with the customizations of an argocd-cm ConfigMap, and as
// Flux's kstatus does: one JSON object per file.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/argoproj/argo-cd/v3/util/settings"
	"github.com/argoproj/gitops-engine/pkg/health"
	kstatus "github.com/fluxcd/cli-utils/pkg/kstatus/status"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/kubernetes/fake"
	"sigs.k8s.io/yaml"
)

const namespace = "argocd"

type state struct {
	Status  string `json:"status"`
	Message string `json:"message"`
}

type result struct {
	File    string `json:"file"`
	ArgoCD  state  `json:"argocd"`
	KStatus state  `json:"kstatus"`
}

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("usage: resource-health ARGOCD-CM FILE"))
	}
	overrides, err := resourceOverrides(os.Args[1])
	if err != nil {
		fail(err)
	}
	out := json.NewEncoder(os.Stdout)
	for _, file := range os.Args[2:] {
		found, err := evaluate(overrides, file)
		if err != nil {
			fail(fmt.Errorf("%s: %w", file, err))
		}
		if err := out.Encode(found); err != nil {
			fail(err)
		}
	}
}

// resourceOverrides reads the ConfigMap as Argo CD's components do.
func resourceOverrides(file string) (lua.ResourceHealthOverrides, error) {
	data, err := read(file)
	if err != nil {
		return nil, err
	}
	configMap := &corev1.ConfigMap{}
	if err := json.Unmarshal(data, configMap); err != nil {
		return nil, err
	}
	labels := map[string]string{"app.kubernetes.io/part-of": "argocd"}
	configMap.ObjectMeta = metav1.ObjectMeta{Name: "argocd-cm", Namespace: namespace, Labels: labels}
	secret := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "argocd-secret", Namespace: namespace, Labels: labels}}
	manager := settings.NewSettingsManager(context.Background(), fake.NewClientset(configMap, secret), namespace)
	if err := manager.ResyncInformers(); err != nil {
		return nil, err
	}
	return manager.GetResourceOverrides()
}

func evaluate(overrides lua.ResourceHealthOverrides, file string) (result, error) {
	data, err := read(file)
	if err != nil {
		return result{}, err
	}
	// Unlike YAML's, its numbers are integers, as kstatus requires.
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(data); err != nil {
		return result{}, err
	}
	argo, err := health.GetResourceHealth(object, overrides)
	if err != nil {
		return result{}, err
	}
	if argo == nil {
		return result{}, fmt.Errorf("no customization applies")
	}
	flux, err := kstatus.Compute(object)
	if err != nil {
		return result{}, err
	}
	return result{file, state{string(argo.Status), argo.Message}, state{flux.Status.String(), flux.Message}}, nil
}

func read(file string) ([]byte, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return yaml.YAMLToJSON(data)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
