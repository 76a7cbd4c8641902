package com.recordsponge.operator.faults;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.io.IOException;
import java.util.Collection;

/** The steps of an environment's lifetime, in order. */
enum Phase {
    CREATE {
        @Override
        void begin(ControlPlane plane, Collection<FullEnvironment> environments) throws IOException {
            plane.postgres().setPassword(FIRST_PASSWORD);
            environments.forEach(environment -> environment.create(FIRST_PASSWORD));
        }
    },
    UPDATE {
        @Override
        void begin(ControlPlane plane, Collection<FullEnvironment> environments) {
            environments.forEach(FullEnvironment::update);
        }
    },
    SECRET_CHANGE {
        @Override
        void begin(ControlPlane plane, Collection<FullEnvironment> environments) throws IOException {
            plane.postgres().setPassword(SECOND_PASSWORD);
            environments.forEach(environment -> environment.setPassword(SECOND_PASSWORD));
        }
    },
    FAILED_IMAGE {
        @Override
        void begin(ControlPlane plane, Collection<FullEnvironment> environments) {
            environments.forEach(FullEnvironment::deployBrokenImage);
        }
    },
    PROMOTION {
        @Override
        void begin(ControlPlane plane, Collection<FullEnvironment> environments) {
            environments.forEach(FullEnvironment::promote);
        }
    },
    SUSPEND {
        @Override
        void begin(ControlPlane plane, Collection<FullEnvironment> environments) {
            environments.forEach(FullEnvironment::suspend);
        }
    },
    DELETE {
        @Override
        void begin(ControlPlane plane, Collection<FullEnvironment> environments) {
            environments.forEach(environment -> environment.delete(DeletionPropagation.BACKGROUND));
        }
    };

    private static final String FIRST_PASSWORD = "first password";
    private static final String SECOND_PASSWORD = "second password";

    /** Makes the change in all environments, and does not wait for the operator. */
    abstract void begin(ControlPlane plane, Collection<FullEnvironment> environments) throws IOException;
}
