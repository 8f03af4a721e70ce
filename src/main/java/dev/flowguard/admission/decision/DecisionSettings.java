package dev.flowguard.admission.decision;

import dev.flowguard.assess.finding.FindingLevels;
import dev.flowguard.contract.Enforcement;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the owner of the cluster has decided beforehand.
 *
 * @param mode the most that any contract may do
 * @param warnOnlyRequesters user names that are warned and never refused; {@code *} stands for any text
 * @param rejectWhenNotReady whether changes are rejected while the cluster's state is not known
 * @param findings what findings may do where a Namespace does not choose otherwise
 */
public record DecisionSettings(
        Enforcement mode, List<Pattern> warnOnlyRequesters, boolean rejectWhenNotReady, FindingLevels findings) {
    /** The service accounts of GitOps controllers in the namespaces where they are usually installed. */
    public static final List<String> GITOPS = List.of(
            "system:serviceaccount:argocd:*",
            "system:serviceaccount:openshift-gitops:*",
            "system:serviceaccount:flux-system:*");

    public static final DecisionSettings DEFAULT = of(Enforcement.DENY, GITOPS, false);

    public DecisionSettings {
        warnOnlyRequesters = List.copyOf(warnOnlyRequesters);
    }

    public static DecisionSettings of(Enforcement mode, List<String> warnOnlyRequesters, boolean rejectWhenNotReady) {
        return new DecisionSettings(
                mode,
                warnOnlyRequesters.stream().map(DecisionSettings::pattern).toList(),
                rejectWhenNotReady,
                FindingLevels.USUAL);
    }

    /** These settings with other levels of findings. */
    public DecisionSettings with(FindingLevels levels) {
        return new DecisionSettings(mode, warnOnlyRequesters, rejectWhenNotReady, levels);
    }

    boolean onlyWarns(Requester requester) {
        return warnOnlyRequesters.stream()
                .anyMatch(pattern -> pattern.matcher(requester.username()).matches());
    }

    private static Pattern pattern(String wildcards) {
        return Pattern.compile(
                Stream.of(wildcards.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
