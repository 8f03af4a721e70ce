package dev.flowguard.config;

/** A Service, written {@code namespace/name}. */
public record ServiceName(String namespace, String name) {
    /** @throws IllegalArgumentException with a sentence, if the text is not two names with a slash between them */
    public static ServiceName parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a Service: expected namespace/name, such as kube-system/kube-dns");
        }
        return new ServiceName(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
