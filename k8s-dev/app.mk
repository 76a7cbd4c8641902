# For the application's own Makefile: "include ../recordsponge-operator/k8s-dev/app.mk" gives the targets that its people
# know, with the same meaning. SOURCE is the application's tree, NAME the environment's name.
APP_SH := $(patsubst %app.mk,%app.sh,$(lastword $(MAKEFILE_LIST)))
SOURCE ?= $(CURDIR)
NAME ?= dev
export SOURCE NAME

APP_TARGETS := new up down clobber test push pull staging prod \
	backend_build backend_reload backend_logs backend_test \
	frontend_build frontend_clean frontend_down frontend_logs frontend_restart frontend_test frontend_test_no_watch \
	initdb
.PHONY: $(APP_TARGETS)
$(APP_TARGETS):
	@"$(APP_SH)" $@
