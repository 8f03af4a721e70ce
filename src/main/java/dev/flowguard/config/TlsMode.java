package dev.flowguard.config;

/** Where the certificate of the webhook comes from if no files are named. */
public enum TlsMode {
    /** Made at each start and trusted by nobody who does not fetch it first: for this machine. */
    IN_MEMORY,
    /** From a CA of Flowguard's own, which the API server is told to trust. */
    SELF_MANAGED
}
