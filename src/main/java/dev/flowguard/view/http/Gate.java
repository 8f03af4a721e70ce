package dev.flowguard.view.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. A web page of somebody else that runs in the same browser must not: it is kept out by the {@code Host} header, should
 * its name be made to mean this machine (DNS rebinding), by {@code Origin} and {@code Sec-Fetch-Site}, and by the token, which it cannot know.
 * Neither must other users of the machine, who can reach the port and do not know the token either.
 */
final class Gate {
    private static final Set<String> METHODS = Set.of("GET", "POST");

    /** From the page itself, or because somebody entered the address. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final PageToken token;
    private final AtomicReference<@Nullable PageToken> once = new AtomicReference<>();
    private final Set<String> hosts;
    private final Set<String> origins;

    Gate(PageToken token, int port) {
        this.token = token;
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        this.origins = Set.of("http://127.0.0.1:" + port, "http://localhost:" + port);
    }

    /** Why it is not answered; empty where it is. */
    Optional<Refusal> refusal(Asked asked) {
        if (asked.hosts().size() != 1 || !hosts.contains(asked.hosts().get(0))) {
            return forbidden("This is not the host that was asked for; use the address that the program printed");
        }
        if (!onlyHas(asked.origins(), origins) || !onlyHas(asked.sites(), OWN_SITES)) {
            return forbidden("Other pages may not ask here");
        }
        if (!METHODS.contains(asked.method())) {
            return Optional.of(new Refusal(
                    Refusal.METHOD_NOT_ALLOWED, "Only GET and POST are answered, not " + printable(asked.method())));
        }
        return token.is(first(asked.path())) || isOnce(asked)
                ? Optional.empty()
                : forbidden("The token is missing or of an earlier start; use the address that the program printed");
    }

    /** A token that is good for one request, which leads to the page: programs' arguments can be seen by other users. */
    PageToken issueOnce() {
        PageToken issued = PageToken.random();
        once.set(issued);
        return issued;
    }

    /** Whether it was asked with the token that is good for one request, which it then is no more. */
    boolean redeems(Asked asked) {
        @Nullable PageToken issued = once.get();
        return issued != null && issued.is(first(asked.path())) && once.compareAndSet(issued, null);
    }

    private boolean isOnce(Asked asked) {
        @Nullable PageToken issued = once.get();
        return issued != null && issued.is(first(asked.path()));
    }

    /** What is asked for: the path behind the token. */
    static String rest(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? "" : path.substring(end + 1);
    }

    private static String first(String path) {
        int end = path.indexOf('/', 1);
        return path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
    }

    private static boolean onlyHas(List<String> values, Set<String> allowed) {
        return values.size() <= 1 && allowed.containsAll(values);
    }

    private static String printable(String method) {
        return method.replaceAll("[^A-Za-z]", "?");
    }

    private static Optional<Refusal> forbidden(String message) {
        return Optional.of(new Refusal(Refusal.FORBIDDEN, message));
    }
}
