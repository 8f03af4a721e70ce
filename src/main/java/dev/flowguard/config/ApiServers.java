package dev.flowguard.config;

/** How many API servers bring changes into the cluster. */
public enum ApiServers {
    /** As many as have addresses behind {@code default/kubernetes}. */
    AUTO,
    ONE,
    /** More than one, which behind a load balancer cannot be seen. */
    SEVERAL;

    /** @param seen how many have addresses behind {@code default/kubernetes} */
    public boolean areSeveral(int seen) {
        return this == SEVERAL || this == AUTO && seen > 1;
    }
}
