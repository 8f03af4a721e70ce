package dev.flowguard.assess.finding;

import static dev.flowguard.assess.finding.FindingsAssert.assertThat;
import static dev.flowguard.testing.Given.create;
import static dev.flowguard.testing.Given.delete;
import static dev.flowguard.testing.Given.from;
import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.pods;
import static dev.flowguard.testing.Given.policy;
import static dev.flowguard.testing.Given.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.Assessor;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FindingLevel;
import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.policy.Labels;
import dev.flowguard.testing.PolicyPart;
import dev.flowguard.testing.TestCluster;
import dev.flowguard.wording.KindNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final PolicyPart TYPO =
            policy("shop/orders-ingress").selects("app=order").ingress(from("app=checkout"), tcp(8080));

    private static final PolicyPart STILL_TO_COME =
            policy("shop/billing-ingress").selects("app=billing").ingress(from("app=checkout"), tcp(8080));

    private static TestCluster choosing(String findings) {
        return Shop.with(namespace(
                new NamespaceEntry("shop", Labels.NONE, Map.of(FindingLevels.ANNOTATION, findings), false, false)));
    }

    private static List<Finding> found(TestCluster cluster, PolicyPart policy, String levels) {
        return new Assessor(cluster.snapshot(), Map.of(), FindingLevels.parse(levels))
                .assess(create(policy))
                .findings();
    }

    @Test
    void aFindingThatIsOffIsNotLookedFor() {
        assertThat(found(Shop.CLUSTER, TYPO, "selects-nothing=Off")).areNone();
    }

    @Test
    void aFindingCarriesItsLevel() {
        assertThat(found(Shop.CLUSTER, TYPO, "selects-nothing=Deny"))
                .extracting(Finding::level)
                .containsExactly(FindingLevel.DENY);
        assertThat(found(Shop.CLUSTER, TYPO, "")).extracting(Finding::level).containsExactly(FindingLevel.WARN);
    }

    @Test
    void whatMayBeAMatterOfOrderNeverDenies() {
        assertThat(found(Shop.CLUSTER, STILL_TO_COME, "selects-nothing=Deny"))
                .extracting(Finding::level)
                .containsExactly(FindingLevel.WARN);
    }

    @Test
    void theNamespaceOfThePolicyChoosesOverTheConfiguration() {
        assertThat(found(choosing("selects-nothing=Off"), TYPO, "selects-nothing=Deny"))
                .areNone();
        assertThat(found(choosing("selects-nothing=Deny"), TYPO, ""))
                .extracting(Finding::level)
                .containsExactly(FindingLevel.DENY);
    }

    @Test
    void aMistakeInTheNamespacesChoiceIsTold() {
        assertThat(found(
                        choosing("selects-nothin=Off, wrong-namespace=Off"),
                        policy("shop/p").ingress(tcp(8080)),
                        ""))
                .read("""
                note, Warn, metadata.namespace
                findings-annotation: p: Namespace shop: "selects-nothin" is no finding; did you mean selects-nothing?
                The annotation flowguard.dev/findings of Namespace shop has an entry that is not in force:
                "selects-nothin" is no finding; did you mean selects-nothing?
                """);
    }

    @Test
    void ofAPolicyThatIsDeletedNothingIsSaid() {
        assertThat(Shop.with(TYPO).assess(delete(TYPO))).areNone();
    }

    @Test
    void ofAPolicyThatIsNotUnderstoodNoMoreIsSaidThanThat() {
        assertThat(Shop.CLUSTER.assess(
                        create(policy("shop/p").selects("app=order").withUnknownField("spec.future"))))
                .areAt("unknown-field spec.future");
    }

    @Test
    void theStateIsExaminedPolicyByPolicy() {
        TestCluster cluster = Shop.with(
                TYPO, STILL_TO_COME, policy("data/p").selects("app=postgras").ingress(tcp(5432)));

        assertThat(Findings.inForce(cluster.snapshot(), FindingLevels.USUAL))
                .extracting(finding -> KindNames.brief(finding.policy()) + " " + finding.id())
                .containsExactly(
                        "data/p selects-nothing",
                        "shop/billing-ingress selects-nothing",
                        "shop/orders-ingress selects-nothing");
        assertThat(Findings.inForce(TYPO.policy(), cluster.snapshot(), FindingLevels.USUAL))
                .areAt("selects-nothing spec.podSelector");
    }

    @Test
    void eachKindHasAnIdAndAPageOfItsOwn() {
        assertThat(Findings.kinds())
                .extracting(FindingKind::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z]+(-[a-z]+)+"));
        assertThat(Findings.kinds())
                .extracting(FindingKind::title)
                .doesNotHaveDuplicates()
                .noneMatch(title -> title.endsWith(".") || title.contains("\n"));
        assertThat(Findings.kinds())
                .extracting(FindingKind::text)
                .allMatch(text -> text.endsWith(".") && text.contains("\n\n"));
        assertThat(Findings.kinds()).extracting(FindingKind::severity).contains(Severity.values());
    }

    @Test
    void longNamesStillFitIntoAWarning() {
        String longest = "x".repeat(63);
        TestCluster cluster = Shop.with(
                namespace(longest, "team=x"), pods(longest, "app=" + longest).port("http", 80));
        PolicyPart policy = policy(longest + "/" + "p".repeat(253))
                .selects("app=" + longest.substring(1) + "y")
                .ingress(from("app.kubernetes.io/name in (" + longest + ",other)"), tcp(80));

        assertThat(cluster.assess(create(policy)).findings())
                .hasSize(2)
                .allMatch(finding -> finding.message().length() <= Finding.LONGEST_MESSAGE);
    }
}
