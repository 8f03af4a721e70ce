package dev.flowguard.kubernetes.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.net.Quoted;
import dev.flowguard.policy.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A field of an untyped object, together with its path and with the list where mistakes are told. A field that is null is
 * absent, as for the API server. Reading never fails: what is of another kind than asked for is told, and then as good as absent.
 */
record ContractField(String path, JsonNode value, List<ContractProblem> problems) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    static ContractField root(JsonNode object, List<ContractProblem> problems) {
        return new ContractField("", object, problems);
    }

    /** The same field, with another list for its mistakes. */
    ContractField telling(List<ContractProblem> elsewhere) {
        return new ContractField(path, value, elsewhere);
    }

    void tell(String message) {
        problems.add(new ContractProblem(path.isEmpty() ? "the object" : path, message));
    }

    /** Tells the mistake, if there is one, and says whether there was none. */
    boolean isRight(Optional<String> mistake) {
        mistake.ifPresent(this::tell);
        return mistake.isEmpty();
    }

    ContractField get(String name) {
        return new ContractField(pathOf(name), value.path(name), problems);
    }

    boolean has(String name) {
        return get(name).isPresent();
    }

    boolean isPresent() {
        return !value.isMissingNode() && !value.isNull();
    }

    /** Whether nothing is listed here: no list, or one without entries, which the API server stores as none. */
    boolean isEmpty() {
        return !isPresent() || (value.isArray() && value.isEmpty());
    }

    Optional<String> text() {
        String remedy = value.isNumber() || value.isBoolean() ? ": put it in quotes" : "";
        return expect("a text", value.isTextual(), remedy) ? Optional.of(value.textValue()) : Optional.empty();
    }

    /** The text of a field that must be there. */
    Optional<String> requiredText() {
        if (!isPresent()) {
            tell("is missing");
        }
        return text();
    }

    /** The one of the values that is spelt like the text, which must be there. */
    <T> Optional<T> choice(T[] values, Function<T, String> spelling) {
        List<String> spellings = Arrays.stream(values).map(spelling).toList();
        if (!isPresent()) {
            tell("is missing: expected " + oneOf(spellings));
        }
        return text().filter(text -> isRight(
                        spellings.contains(text)
                                ? Optional.empty()
                                : Optional.of("expected " + oneOf(spellings) + ", found " + found()
                                        + Spelling.hint(text, spellings))))
                .map(text -> values[spellings.indexOf(text)]);
    }

    /** The entries of a list. */
    List<ContractField> items() {
        List<ContractField> items = new ArrayList<>();
        if (expect("a list", value.isArray(), "")) {
            for (int i = 0; i < value.size(); i++) {
                ContractField item = new ContractField(path + "[" + i + "]", value.get(i), problems);
                if (item.isPresent()) {
                    items.add(item);
                } else {
                    item.tell("is empty: fill it in or leave it out");
                }
            }
        }
        return items;
    }

    /** The entries of a map whose keys can be anything, ascending. */
    SortedMap<String, ContractField> entries() {
        SortedMap<String, ContractField> entries = new TreeMap<>();
        if (expect("a map", value.isObject(), "")) {
            names().forEach(name -> entries.put(name, get(name)));
        }
        return entries;
    }

    /** Whether this is a map; other fields in it than these are told, and no hindrance. */
    boolean isMapOf(List<String> fields) {
        if (!expect("a map of " + String.join(", ", fields), value.isObject(), "")) {
            return false;
        }
        unknown(fields)
                .forEach(name -> get(name)
                        .tell("is not a field here: expected " + String.join(", ", fields)
                                + Spelling.hint(name, fields)));
        return true;
    }

    /** The fields of this map other than these. */
    List<String> unknown(List<String> fields) {
        return names().stream().filter(name -> !fields.contains(name)).toList();
    }

    /** What stands here, for a message. */
    String found() {
        if (value.isTextual()) {
            return Quoted.of(value.textValue());
        }
        return value.isArray() ? "a list" : value.isObject() ? "a map" : value.asText();
    }

    /** {@code a, b or c} */
    static String oneOf(List<String> words) {
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        value.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private boolean expect(String kind, boolean isOfKind, String remedy) {
        if (isPresent() && !isOfKind) {
            tell("expected " + kind + ", found " + found() + remedy);
        }
        return isPresent() && isOfKind;
    }

    private String pathOf(String name) {
        if (!PLAIN.matcher(name).matches()) {
            return path + "[" + Quoted.of(name) + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }
}
