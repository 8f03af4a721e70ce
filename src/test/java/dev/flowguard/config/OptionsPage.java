package dev.flowguard.config;

import dev.flowguard.cluster.CniProfile;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page about options, made from {@link FlowguardConfig}: its methods, their defaults, and what is written above them. */
final class OptionsPage {
    private static final Path SOURCE = Path.of("src/main/java/dev/flowguard/config/FlowguardConfig.java");
    private static final Pattern INLINE = Pattern.compile("\\{@code ([^}]*)}");
    private static final Pattern REFERENCE = Pattern.compile("\\{@link #(\\w+)\\(\\)}");

    private final String source;

    private OptionsPage(String source) {
        this.source = source;
    }

    static String text() throws IOException {
        OptionsPage page = new OptionsPage(Files.readString(SOURCE));
        return """
            # Options

            Set them in the environment (`FLOWGUARD_MODE=Warn`), in front of the command (`flowguard -Dflowguard.mode=Warn serve`),
            or in a file of properties that `--config FILE` names (no other is read). They hold for commands as for `serve`; options of
            the command line are stronger. A value that cannot be used, or an option that does not exist, stops the start with a
            sentence; of variables in the environment, one that is nearly spelt like an option.

            Durations are written as `500ms`, `60s` or `2m`; lists are separated by commas. This page is made from the code.

            | option | values | default | meaning |
            |---|---|---|---|
            %s
            Of Quarkus' own options these matter most:

            | option | default | meaning |
            |---|---|---|
            | `quarkus.http.ssl-port` | `8443` | the port of the webhook |
            | `quarkus.management.port` | `9000` | the port of health and metrics, plain HTTP |
            | `quarkus.tls.webhook.key-store.pem.0.cert`, `….key` | | a certificate of your own; `quarkus.tls.webhook.reload-period` reads it again |
            | `quarkus.http.limits.max-body-size` | `8M` | how large a review may be |
            | `quarkus.log.console.json.enabled` | `false` | a log for machines |
            """.formatted(page.options("flowguard", FlowguardConfig.class, source -> source)
                .map(row -> row + "\n")
                .collect(Collectors.joining()));
    }

    /** Cuts the part of the source in which a group is declared. */
    private interface Part {
        String of(String source);
    }

    private Stream<String> options(String prefix, Class<?> type, Part part) {
        String text = part.of(source);
        return methods(type, text).flatMap(method -> {
            String name = prefix + "." + kebab(method.getName());
            Class<?> group = method.getReturnType();
            return group.getEnclosingClass() == FlowguardConfig.class
                    ? options(
                            name, group, all -> all.substring(all.indexOf("interface " + group.getSimpleName() + " {")))
                    : Stream.of(row(name, method, text));
        });
    }

    /** In the order in which they are written. */
    private static Stream<Method> methods(Class<?> type, String text) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .sorted(java.util.Comparator.comparingInt(method -> text.indexOf(" " + method.getName() + "();")));
    }

    private static String row(String name, Method method, String text) {
        return "| `" + name + "` | " + values(method) + " | " + defaultOf(method) + " | " + meaning(method, text)
                + " |";
    }

    private static String values(Method method) {
        String type = method.getGenericReturnType().getTypeName();
        if (method.getName().equals("cni")) {
            return Stream.concat(Stream.of(FlowguardConfig.AUTO), CniProfile.names().stream())
                    .map(name -> "`" + name + "`")
                    .collect(Collectors.joining(", "));
        }
        if (type.contains("Duration")) {
            return "duration";
        } else if (type.equals("boolean") || type.contains("Boolean")) {
            return "`true`, `false`";
        } else if (type.equals("int") || type.contains("Integer")) {
            return "number";
        } else if (method.getReturnType().isEnum()) {
            return Stream.of(method.getReturnType().getEnumConstants())
                    .map(value -> "`" + spelled(value.toString(), method) + "`")
                    .collect(Collectors.joining(", "));
        }
        return type.contains("List") ? "list" : type.contains("Path") ? "path" : "text";
    }

    /** An enum's constants are spelt as its default is. */
    private static String spelled(String constant, Method method) {
        WithDefault given = method.getAnnotation(WithDefault.class);
        boolean small = given != null && given.value().equals(given.value().toLowerCase(Locale.ROOT));
        String words = constant.toLowerCase(Locale.ROOT).replace('_', '-');
        return small ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String defaultOf(Method method) {
        WithDefault given = method.getAnnotation(WithDefault.class);
        ConfigDocDefault told = method.getAnnotation(ConfigDocDefault.class);
        return given != null
                ? Stream.of(given.value().split(","))
                        .map(each -> "`" + each + "`")
                        .collect(Collectors.joining(", "))
                : told != null ? told.value() : "";
    }

    private static String meaning(Method method, String text) {
        int end = text.indexOf(" " + method.getName() + "();");
        String before = text.substring(0, end);
        String comment = before.substring(before.lastIndexOf("/**") + 3, before.lastIndexOf("*/"));
        String plain = comment.replaceAll("\\s*\\n\\s*\\* ?", " ").strip();
        String coded = INLINE.matcher(plain)
                .replaceAll(code -> java.util.regex.Matcher.quoteReplacement("`" + code.group(1) + "`"));
        return REFERENCE
                .matcher(coded)
                .replaceAll((MatchResult link) -> "`flowguard." + kebab(link.group(1)) + "`")
                .replace("|", "\\|");
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
