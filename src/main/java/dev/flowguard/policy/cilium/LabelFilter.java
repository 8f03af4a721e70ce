package dev.flowguard.policy.cilium;

import dev.flowguard.policy.Answer;
import dev.flowguard.policy.chain.Sameness;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which labels of pods the agents look at (OTHER-POLICIES L10). A label whose key begins with a pattern counts, or with one after
 * {@code !} does not; of several the longer match decides. With any other list than the one by default it is not sure since when the
 * identities of pods follow it, so that only keys of which both say the same are sure.
 */
public final class LabelFilter implements Sameness {
    private static final List<String> BY_DEFAULT = List.of(
            "io\\.kubernetes\\.pod\\.namespace",
            "io\\.cilium\\.k8s\\.namespace\\.labels",
            "app\\.kubernetes\\.io",
            "io\\.cilium\\.k8s\\.policy\\.cluster",
            "io\\.cilium\\.k8s\\.policy\\.serviceaccount",
            "!io\\.kubernetes",
            "!kubernetes\\.io",
            "!statefulset\\.kubernetes\\.io/pod-name",
            "!apps\\.kubernetes\\.io/pod-index",
            "!batch\\.kubernetes\\.io/job-completion-index",
            "!batch\\.kubernetes\\.io/controller-uid",
            "!.*beta\\.kubernetes\\.io",
            "!k8s\\.io",
            "!pod-template-generation",
            "!pod-template-hash",
            "!controller-revision-hash",
            "!controller-uid",
            "!annotation.*",
            "!etcd_node",
            "!topology\\.kubernetes\\.io");

    public static final LabelFilter DEFAULT = of(List.of());

    /** Keys of the agents' own, which they take off pods. */
    private static final String OWN_PREFIX = "io.cilium.k8s";

    private record Rule(Pattern pattern, boolean ignores, boolean ofPods) {
        /** How much of the key matches, from its beginning; 0 if nothing does. */
        int matched(String key) {
            Matcher matcher = pattern.matcher(key);
            return ofPods && matcher.lookingAt() ? matcher.end() : 0;
        }
    }

    /** As configured, which makes two of them equal: patterns are not comparable. */
    private final List<String> texts;

    private final List<Rule> configured;
    private final boolean understood;
    private final boolean onlyIncluded;

    private LabelFilter(List<String> texts, List<Rule> configured, boolean understood) {
        this.texts = texts;
        this.configured = configured;
        this.understood = understood;
        this.onlyIncluded = configured.stream().anyMatch(rule -> !rule.ignores());
    }

    /** @param configured beside the patterns by default */
    static LabelFilter of(List<String> configured) {
        List<Rule> rules = new ArrayList<>();
        boolean understood = true;
        for (String text : configured) {
            if (!text.isEmpty()) {
                understood &= add(text, rules);
            }
        }
        return new LabelFilter(List.copyOf(configured), rules, understood);
    }

    private static boolean add(String text, List<Rule> rules) {
        int colon = text.indexOf(':');
        String source = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        boolean ignores = rest.startsWith("!");
        try {
            Pattern pattern = Pattern.compile(ignores ? rest.substring(1) : rest);
            rules.add(new Rule(pattern, ignores, source.isEmpty() || source.equals("k8s")));
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LabelFilter filter && texts.equals(filter.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    /** Pods whose labels agree, as far as they count, have one identity, and on egress what the ports of one of them are is those of all. */
    @Override
    public boolean isShared() {
        return true;
    }

    /** Whether a pod's own label of that key counts. */
    @Override
    public Answer counts(String key) {
        if (key.startsWith(OWN_PREFIX)) {
            return Answer.NO;
        }
        Answer byDefault = Answer.of(passes(key, List.of(), false));
        if (configured.isEmpty() && understood) {
            return byDefault;
        }
        Answer now = Answer.of(passes(key, configured, onlyIncluded));
        return understood && now == byDefault ? now : Answer.UNKNOWN;
    }

    private static boolean passes(String key, List<Rule> configured, boolean onlyIncluded) {
        int included = 0;
        int ignored = 0;
        List<Rule> rules = new ArrayList<>(Defaults.RULES);
        rules.addAll(configured);
        for (Rule rule : rules) {
            int matched = rule.matched(key);
            if (matched > 0 && rule.ignores()) {
                ignored = ignored == 0 ? matched : Math.min(ignored, matched);
            } else {
                included = Math.max(included, matched);
            }
        }
        return (!onlyIncluded && ignored == 0) || included > ignored;
    }

    /** Compiled once, when they are first asked. */
    private static final class Defaults {
        private static final List<Rule> RULES = rules();

        private static List<Rule> rules() {
            List<Rule> rules = new ArrayList<>();
            BY_DEFAULT.forEach(text -> add(text, rules));
            return List.copyOf(rules);
        }
    }
}
