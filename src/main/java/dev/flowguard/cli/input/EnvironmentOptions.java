package dev.flowguard.cli.input;

import dev.flowguard.config.BadInput;
import dev.flowguard.config.FlowguardConfig;
import dev.flowguard.policy.Spelling;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.common.utils.StringUtil;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Options in the environment. Others may put variables of their own there, so that those which are no options are passed over; but one that
 * is nearly spelt like an option was meant to be it.
 */
public final class EnvironmentOptions {
    private static final String PREFIX = "FLOWGUARD_";
    private static final Pattern INDEX = Pattern.compile("_\\d+_$");

    /** What Kubernetes puts into every pod about Services whose names begin with flowguard. */
    private static final Pattern OF_A_SERVICE =
            Pattern.compile("FLOWGUARD(_\\w+)?_(SERVICE_(HOST|PORT)(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_\\w+)?)?)");

    private static final Set<String> KNOWN =
            ConfigClass.configClass(FlowguardConfig.class).getProperties().keySet().stream()
                    .map(option -> StringUtil.replaceNonAlphanumericByUnderscores(option.replace("[*]", ""))
                            .toUpperCase(Locale.ROOT)
                            .substring(PREFIX.length()))
                    .collect(Collectors.toUnmodifiableSet());

    private EnvironmentOptions() {}

    /** @throws BadInput with a sentence for each variable that is misspelt */
    public static void check(Collection<String> names) {
        List<String> misspelt = new TreeSet<>(names)
                .stream().flatMap(EnvironmentOptions::mistake).toList();
        if (!misspelt.isEmpty()) {
            throw BadInput.list("Flowguard cannot run with these variables in its environment:", misspelt);
        }
    }

    private static Stream<String> mistake(String name) {
        if (!name.startsWith(PREFIX) || OF_A_SERVICE.matcher(name).matches()) {
            return Stream.empty();
        }
        String option = INDEX.matcher(name.substring(PREFIX.length())).replaceFirst("");
        return KNOWN.contains(option)
                ? Stream.empty()
                : Spelling.nearest(option, new TreeSet<>(KNOWN))
                        .map(meant -> name + ": there is no such option; did you mean " + PREFIX + meant + "?")
                        .stream();
    }
}
