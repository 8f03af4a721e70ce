package dev.flowguard.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.http.ReviewReader;
import dev.flowguard.kubernetes.BadInputRow;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName(
        "What the schema of another kind than NetworkPolicy refuses is a note in a review, which the API server ends itself")
class BadInputReviewTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Door DOOR = Door.policies();

    static Stream<BadInputRow> rows() {
        return BadInputRow.all().filter(BadInputRow::isRefused);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void noted(BadInputRow row) throws IOException {
        byte[] review = review(row);

        assertThat(DOOR.answer(review))
                .satisfies(answer -> assertThat(answer.getAllowed()).isTrue())
                .satisfies(answer -> assertThat(String.join("\n", answer.getWarnings()))
                        .contains("not judged, the API server refuses it: " + field(row)));
        assertThat(OtherPolicyMapping.subject(new ReviewReader(Requests.LIMIT).read(review)))
                .isInstanceOfSatisfying(
                        PolicyReview.Refused.class,
                        refused -> assertThat(refused.object().toString())
                                .as("by this name it is logged")
                                .startsWith(row.kindName() + "."));
    }

    /** As much of it as a warning has place for beside a long reason. */
    private static String field(BadInputRow row) {
        return row.problem().substring(0, Math.min(row.problem().indexOf(':'), 20));
    }

    private static byte[] review(BadInputRow row) throws IOException {
        ObjectNode object = (ObjectNode) YAML.readTree(row.yaml());
        String[] version = row.apiVersion().split("/");
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request");
        request.put("uid", Requests.UID).put("operation", "CREATE").put("name", row.name());
        request.putObject("kind")
                .put("group", version[0])
                .put("version", version[1])
                .put("kind", row.kindName());
        request.putObject("userInfo").put("username", "somebody");
        request.set("object", object);
        return JSON.writeValueAsBytes(review);
    }
}
