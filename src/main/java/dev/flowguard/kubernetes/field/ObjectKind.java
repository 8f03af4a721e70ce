package dev.flowguard.kubernetes.field;

/**
 * The type of an object as it states it.
 *
 * @param apiVersion {@code v1}, {@code apps/v1} …
 */
public record ObjectKind(String apiVersion, String kind) {
    /** Empty for the core group. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** As kubectl tells kinds of one name apart: {@code Service}, {@code Service.serving.knative.dev}. */
    public String qualified() {
        return group().isEmpty() ? kind : kind + "." + group();
    }

    @Override
    public String toString() {
        return apiVersion + " " + kind;
    }
}
