package dev.flowguard.admission;

import java.util.List;

/** Who asks for a change, as the API server has authenticated them. */
public record Requester(String username, List<String> groups) {
    public Requester {
        groups = List.copyOf(groups);
    }
}
