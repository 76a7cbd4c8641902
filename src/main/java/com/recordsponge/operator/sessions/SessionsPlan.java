package com.recordsponge.operator.sessions;

/**
 * The plan of the sessions' volume.
 *
 * @param claim name of the PersistentVolumeClaim
 * @param storage size of the volume, a Kubernetes quantity
 * @param storageClassName null for the cluster's default class; empty for none
 */
record SessionsPlan(String claim, String storage, String storageClassName) {

    /** Suffix of the claim's name. */
    static final String SUFFIX = "-sessions";
}
