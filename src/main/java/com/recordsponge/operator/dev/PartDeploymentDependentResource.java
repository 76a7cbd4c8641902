package com.recordsponge.operator.dev;

import io.fabric8.kubernetes.api.model.apps.Deployment;

/** The Deployments of the front end's server and of PostgreSQL. */
public class PartDeploymentDependentResource extends PartDependentResource<Deployment> {

    public PartDeploymentDependentResource() {
        super(Deployment.class, PartDeployments::deployments, PartDeployments::names);
    }
}
