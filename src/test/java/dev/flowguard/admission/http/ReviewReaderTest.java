package dev.flowguard.admission.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowguard.admission.Requests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewReaderTest {
    private static final String EXPECTED =
            "expected an object of kind AdmissionReview, apiVersion admission.k8s.io/v1.";

    private final ReviewReader reader = new ReviewReader(Requests.LIMIT);

    @Test
    void readsThePolicyBeforeAndAfter() {
        AdmissionRequest request = read("""
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
              "uid": "u", "operation": "UPDATE", "namespace": "shop", "dryRun": true, "userInfo": {"username": "jane"},
              "object": {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "new"},
                "spec": {"podSelector": {}, "ingress": [{"ports": [{"port": "http"}]}]}},
              "oldObject": {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "old"},
                "spec": {"podSelector": {}}}}}
            """);

        assertThat(request.getUid()).isEqualTo("u");
        assertThat(request.getOperation()).isEqualTo("UPDATE");
        assertThat(request.getDryRun()).isTrue();
        assertThat(request.getUserInfo().getUsername()).isEqualTo("jane");
        assertThat(request.getObject())
                .isInstanceOfSatisfying(
                        NetworkPolicy.class,
                        policy -> assertThat(policy.getMetadata().getName()).isEqualTo("new"));
        assertThat(request.getOldObject()).isInstanceOf(NetworkPolicy.class);
    }

    @Test
    void keepsFieldsThatItDoesNotKnow() {
        AdmissionRequest request = read("""
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "future": 1, "request": {"uid": "u", "alsoFuture": 2,
              "object": {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
                "spec": {"podSelector": {}, "ingress": [{"from": [{"futurePeer": {"a": 1}}]}]}}}}
            """);

        NetworkPolicy policy = (NetworkPolicy) request.getObject();
        assertThat(policy.getSpec().getIngress().get(0).getFrom().get(0).getAdditionalProperties())
                .containsOnlyKeys("futurePeer");
        assertThat(request.getAdditionalProperties()).containsOnlyKeys("alsoFuture");
    }

    @Test
    void readsObjectsOfKindsThatItDoesNotKnow() {
        AdmissionRequest request = read("""
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "u",
              "object": {"apiVersion": "example.org/v1", "kind": "Thing", "spec": {"size": 3}}}}
            """);

        assertThat(request.getObject()).isInstanceOf(GenericKubernetesResource.class);
    }

    @Test
    void aDeletionHasNoObject() {
        AdmissionRequest request = read("""
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
              "request": {"uid": "u", "operation": "DELETE", "object": null, "oldObject": null}}
            """);

        assertThat(request.getObject()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                                | The body is empty: {expected}
        null                              | The body has no kind: {expected}
        {}                                | The body has no kind: {expected}
        []                                | The body must be an object, not a list.
        "hello"                           | The body must be an object, not a string.
        {"kind": "NetworkPolicy"}         | The body has the kind "NetworkPolicy": {expected}
        {"kind": "AdmissionReview"}       | The body has no apiVersion: {expected}
        {"kind": ["AdmissionReview"]}     | kind must be a string, not a list.
        """)
    void aBodyThatIsNoReview(String body, String sentence) {
        assertRefused(body, sentence.replace("{expected}", EXPECTED));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        admission.k8s.io/v1beta1 |   | The body has the apiVersion "admission.k8s.io/v1beta1": {expected}
        admission.k8s.io/v1      | , "request": null | The AdmissionReview has no request: there is nothing to answer.
        admission.k8s.io/v1      |   | The AdmissionReview has no request: there is nothing to answer.
        admission.k8s.io/v1      | , "request": {} | The AdmissionReview has no request.uid, which an answer must repeat.
        admission.k8s.io/v1      | , "request": {"uid": ""} | The AdmissionReview has no request.uid, which an answer must repeat.
        admission.k8s.io/v1      | , "request": [] | request must be an object, not a list.
        admission.k8s.io/v1      | , "request": {"uid": {}} | request.uid must be a string, not an object.
        admission.k8s.io/v1      | , "request": {"dryRun": "perhaps"} | request.dryRun must be true or false, not a string.
        """)
    void aReviewThatCannotBeAnswered(String apiVersion, String rest, String sentence) {
        assertRefused(
                "{\"kind\": \"AdmissionReview\", \"apiVersion\": \"" + apiVersion + "\"" + (rest == null ? "" : rest)
                        + "}",
                sentence.replace("{expected}", EXPECTED));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "a" | request.object.spec must be an object, not a string.
        {"ingress": {}} | request.object.spec.ingress must be a list, not an object.
        {"ingress": [{}, {"from": {"podSelector": {}}}]} | request.object.spec.ingress[1].from must be a list, not an object.
        {"egress": [{"ports": [{"endPort": "many"}]}]} | request.object.spec.egress[0].ports[0].endPort must be a number, not a string.
        {"egress": [{"ports": [{"port": true}]}]} | request.object.spec.egress[0].ports[0].port cannot be read: Either integer or string value needs to be provided.
        {"podSelector": {"matchLabels": {"app": {}}}} | request.object.spec.podSelector.matchLabels.app must be a string, not an object.
        """)
    void aTypeErrorInTheObjectIsNamedByItsPath(String spec, String sentence) {
        assertRefused(
                "{\"kind\": \"AdmissionReview\", \"apiVersion\": \"admission.k8s.io/v1\", \"request\": {\"uid\":"
                        + " \"u\", \"object\": {\"apiVersion\": \"networking.k8s.io/v1\", \"kind\": \"NetworkPolicy\","
                        + " \"spec\": " + spec
                        + "}}}",
                sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        hello                              | The body is not JSON (line 1, column 1): Unrecognized token 'hello'.
        {"kind": "Admission                | The body is not JSON (line 1, column 20): Unexpected end-of-input in VALUE_STRING.
        {"request": {"object": {"kind": "N | The body is not JSON (line 1, column 35): Unexpected end-of-input in VALUE_STRING.
        {"kind" "AdmissionReview"}         | The body is not JSON (line 1, column 9): Unexpected character ('"'
        {} {}                              | The body goes on after the AdmissionReview.
        """)
    void aBodyThatIsNotJsonIsNamedByItsPlace(String body, String sentence) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(BadReview.class).hasMessageStartingWith(sentence);
    }

    @Test
    void noSentenceNamesAJavaClass() {
        assertThatThrownBy(() -> read("[".repeat(100_000)))
                .isInstanceOf(BadReview.class)
                .hasMessageNotContaining("com.fasterxml")
                .hasMessageNotContaining("fabric8");
    }

    private void assertRefused(String body, String sentence) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(BadReview.class).hasMessage(sentence);
    }

    private AdmissionRequest read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
