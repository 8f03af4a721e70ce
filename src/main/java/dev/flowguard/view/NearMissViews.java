package dev.flowguard.view;

import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.verdict.trace.NearMiss;
import dev.flowguard.wording.KindNames;
import dev.flowguard.wording.NearMissWording;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What was nearly meant, and on which lines of the policy's manifest that stands. */
final class NearMissViews {
    /** Where the kinds of policies say whom they select. */
    private static final List<String> SELECTING = List.of("podSelector", "endpointSelector", "selector", "subject");

    /** A label as it is spoken of: {@code app=checkout}. */
    private static final Pattern LABEL = Pattern.compile("([^=\\s]+)=([\\w.-]+)");

    private final ShownYaml yaml;

    NearMissViews(ShownYaml yaml) {
        this.yaml = yaml;
    }

    Explanation.NearMissView of(NearMiss miss) {
        PolicyYaml.Lines lines = lines(miss);
        return new Explanation.NearMissView(
                miss.policy().toString(),
                KindNames.toldApart(miss.policy()),
                place(miss),
                NearMissWording.of(miss),
                yaml.text(miss.policy()),
                lines.first(),
                lines.last(),
                corrected(miss, lines));
    }

    /** Where the value of a label is a slip of the pen, and stands once on these lines. */
    private String corrected(NearMiss miss, PolicyYaml.Lines lines) {
        Matcher written = LABEL.matcher(miss.written());
        Matcher found = LABEL.matcher(miss.found());
        if (!written.matches() || !found.matches() || !written.group(1).equals(found.group(1))) {
            return "";
        }
        List<String> text = new ArrayList<>(yaml.text(miss.policy()).lines().toList());
        Pattern value = Pattern.compile("(?<![\\w.-])" + Pattern.quote(written.group(2)) + "(?![\\w.-])");
        int corrections = 0;
        for (int line = lines.first(); line >= 1 && line <= Math.min(lines.last(), text.size()); line++) {
            Matcher here = value.matcher(text.get(line - 1));
            corrections += (int) here.results().count();
            text.set(line - 1, here.replaceAll(Matcher.quoteReplacement(found.group(2))));
        }
        return corrections == 1 ? String.join("\n", text) + "\n" : "";
    }

    /** The field that is to be changed, if this was meant; where the manifest does not have it, the rule. */
    private PolicyYaml.Lines lines(NearMiss miss) {
        String rule = place(miss).replaceFirst(" .*", "");
        String spec = rule.substring(0, rule.indexOf('.') + 1);
        Stream<String> amiss = switch (miss.reason()) {
            case SELECTS_ONE_LABEL_OFF -> SELECTING.stream().map(field -> spec + field);
            case NOT_IN_POLICY_TYPES -> Stream.of("spec.policyTypes");
            case POLICY_IN_OTHER_NAMESPACE -> Stream.of("metadata.namespace");
            case PEER_IN_OTHER_NAMESPACE,
                    NAMESPACE_ONE_LABEL_OFF,
                    PEER_ONE_LABEL_OFF,
                    OTHER_PROTOCOL,
                    SERVICE_PORT,
                    OTHER_DIRECTION -> Stream.empty();
        };
        return Stream.concat(amiss, Stream.of(rule))
                .map(place -> yaml.lines(miss.policy(), FieldPath.parse(place)))
                .filter(lines -> !lines.equals(PolicyYaml.Lines.NONE))
                .findFirst()
                .orElse(PolicyYaml.Lines.NONE);
    }

    /** The rule, {@code spec.ingress[0]}; behind it its name, in kinds whose rules have one. */
    private static String place(NearMiss miss) {
        return miss.place().isEmpty() ? Explainer.place(miss.direction(), miss.rule()) : ChainViews.place(miss.place());
    }
}
