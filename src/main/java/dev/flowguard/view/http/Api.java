package dev.flowguard.view.http;

import java.util.Map;
import java.util.Optional;

/** What the page asks for behind {@code api/}. */
public interface Api {
    /**
     * A question.
     *
     * @param name the path behind {@code api/}
     * @param parameters of the query, decoded; of several with one name the last
     * @param body empty for GET
     */
    record Call(String method, String name, Map<String, String> parameters, String body) {
        public Call {
            parameters = Map.copyOf(parameters);
        }

        /** Empty where it was not given. */
        public String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    /**
     * The answer, a record to be written as JSON; empty where there is no such question.
     *
     * @throws dev.flowguard.config.BadInput where what was asked makes no sense
     */
    Optional<Object> answer(Call call);

    /** Grows whenever an answer may be another than before. */
    long generation();

    /** Grows whenever the webhook beside the page has decided something. */
    default long decided() {
        return 0;
    }
}
