// Argo CD's command-line client, and those of its components that the development cluster runs, by their names as first
// argument.
package main

import (
	"os"

	controller "github.com/argoproj/argo-cd/v3/cmd/argocd-application-controller/commands"
	reposerver "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	server "github.com/argoproj/argo-cd/v3/cmd/argocd-server/commands"
	client "github.com/argoproj/argo-cd/v3/cmd/argocd/commands"
	"github.com/argoproj/argo-cd/v3/util/log"
	"github.com/spf13/cobra"
	"k8s.io/klog/v2"
)

var components = map[string]func() *cobra.Command{
	"application-controller": controller.NewCommand,
	"repo-server":            reposerver.NewCommand,
	"server":                 server.NewCommand,
}

func main() {
	klog.SetLogger(log.NewLogrusLogger(log.NewWithCurrentConfig()))
	command, arguments := client.NewCommand, os.Args[1:]
	if len(arguments) > 0 {
		if component, found := components[arguments[0]]; found {
			command, arguments = component, arguments[1:]
		}
	}
	run := command()
	run.SetArgs(arguments)
	if err := run.Execute(); err != nil {
		os.Exit(1)
	}
}
