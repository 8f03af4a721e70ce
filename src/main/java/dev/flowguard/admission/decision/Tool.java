package dev.flowguard.admission.decision;

/**
 * With what somebody brings a policy in, as far as the request tells. Whoever asks may write that as they like, so it chooses words and
 * never weakens anything.
 */
public enum Tool {
    HELM,
    ARGO_CD,
    FLUX,
    KUBECTL,
    /** None that is known, or none at all. */
    OTHER
}
