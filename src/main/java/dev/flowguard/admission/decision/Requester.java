package dev.flowguard.admission.decision;

import java.util.List;
import java.util.Map;

/**
 * Who asks for a change, as the API server has authenticated them.
 *
 * @param uid empty where there is none
 * @param extra what the authenticator knows besides, such as the scopes of a token; it may take away permissions
 */
public record Requester(String username, String uid, List<String> groups, Map<String, List<String>> extra) {
    public Requester {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** Somebody of whom no more is known. */
    public Requester(String username, List<String> groups) {
        this(username, "", groups, Map.of());
    }
}
