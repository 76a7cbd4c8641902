// Serves the Git repositories of a folder over HTTP, for reading and pushing, as git-http-backend does.
package main

import (
	"log"
	"net/http"
	"net/http/cgi"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: git-server ADDRESS FOLDER")
	}
	backend := &cgi.Handler{
		Path: "/usr/lib/git-core/git-http-backend",
		Env: []string{
			"GIT_PROJECT_ROOT=" + os.Args[2],
			"GIT_HTTP_EXPORT_ALL=1",
			// Whoever can connect can push: the server listens on loopback only.
			"REMOTE_USER=developer",
		},
	}
	log.Fatal(http.ListenAndServe(os.Args[1], backend))
}
