package dev.flowguard.admission.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a JSON text: where, what was expected and what is there, without the names of Java classes. */
final class JsonProblem {
    /** In Jackson's words what was found follows a "from". */
    private static final Pattern FOUND = Pattern.compile(" from (Object|Array|String|Integer|Floating|Boolean)\\b");

    private static final Map<String, String> IN_JSON = Map.of(
            "Object", "an object",
            "Array", "a list",
            "String", "a string",
            "Integer", "a number",
            "Floating", "a number",
            "Boolean", "true or false");

    /** Where Jackson's own words begin to talk about its internals. */
    private static final List<String> INTERNALS =
            List.of(" (start marker", "\n at [", ": was expecting", " (for ", " (code ");

    private static final String TRAILING = "Trailing token";

    private JsonProblem() {}

    static String describe(JsonProcessingException problem) {
        if (!(problem instanceof JsonMappingException mapping)) {
            return "The body is not JSON" + place(problem.getLocation()) + ": " + clause(problem.getOriginalMessage());
        }
        if (problem.getCause() instanceof JsonProcessingException syntax) {
            return describe(syntax);
        }
        if (problem.getOriginalMessage().startsWith(TRAILING)) {
            return "The body goes on after the AdmissionReview.";
        }
        String path = path(mapping);
        if (mapping instanceof MismatchedInputException mismatch) {
            Matcher found = FOUND.matcher(problem.getOriginalMessage());
            if (found.find()) {
                return path + " must be " + expected(mismatch.getTargetType()) + ", not " + IN_JSON.get(found.group(1))
                        + ".";
            }
        }
        Throwable reason = problem.getCause();
        return path + " cannot be read: "
                + clause(
                        reason == null || reason.getMessage() == null
                                ? problem.getOriginalMessage()
                                : reason.getMessage());
    }

    /** The way to the value, as kubectl writes it: {@code request.object.spec.ingress[0].from}. */
    private static String path(JsonMappingException problem) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : problem.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "The body" : path.toString();
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        } else if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        } else if (CharSequence.class.isAssignableFrom(type)) {
            return "a string";
        } else if (type == Boolean.class) {
            return "true or false";
        } else if (Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        return "an object";
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String clause(String message) {
        int end = INTERNALS.stream()
                .mapToInt(message::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(message.length());
        String clause = message.substring(0, end);
        return clause.endsWith(".") ? clause : clause + ".";
    }
}
