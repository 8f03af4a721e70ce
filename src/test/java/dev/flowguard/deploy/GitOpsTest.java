package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** What Argo CD and Flux make of the status of a contract. */
@DisplayName("GitOps tools take a contract")
class GitOpsTest {
    private static final Path FOLDER = Path.of("deploy/gitops");

    @DisplayName("by its status:")
    @ParameterizedTest(name = "{0}: Argo CD {5}, Flux {6}")
    @CsvSource(textBlock = """
            just created,                          2,  ,      ,      , Progressing, in progress
            only its older spec judged and broken, 2, 1, False,  True, Progressing, in progress
            only its older spec judged and fine,   2, 1,  True, False, Progressing, in progress
            satisfied,                             2, 2,  True, False, Healthy,     current
            broken,                                2, 2, False,  True, Degraded,    failed
            """)
    void health(String what, long generation, Long observed, String ready, String stalled, String argo, String flux)
            throws IOException {
        ObjectNode contract = contract(generation, observed, ready, stalled);
        assertThat(argo(contract)).isEqualTo(argo);
        for (JsonNode check : fluxChecks()) {
            assertThat(flux(check, contract)).as(check.get("kind").asText()).isEqualTo(flux);
        }
    }

    @Test
    @DisplayName("both of its kinds, and by one text")
    void kinds() throws IOException {
        JsonNode data = Yaml.documents(FOLDER.resolve("argocd-cm.yaml")).get(0).get("data");
        assertThat(Yaml.textsByKey(data))
                .hasSize(2)
                .containsEntry("resource.customizations.health.flowguard.dev_FlowContract", lua())
                .containsEntry("resource.customizations.health.flowguard.dev_ClusterFlowContract", lua());
        assertThat(fluxChecks())
                .extracting(check -> check.get("kind").asText())
                .containsExactly("FlowContract", "ClusterFlowContract");
    }

    @Test
    @DisplayName("with the message that its condition has")
    void message() throws IOException {
        assertThat(run(contract(1, 1L, "False", "True")).get("message").tojstring())
                .isEqualTo("1 of 2 flows satisfied");
    }

    private static ObjectNode contract(
            long generation, @Nullable Long observed, @Nullable String ready, @Nullable String stalled) {
        ObjectNode contract =
                Yaml.documents("{metadata: {generation: " + generation + "}}").get(0);
        if (observed != null) {
            ObjectNode status = contract.putObject("status").put("observedGeneration", observed);
            var conditions = status.putArray("conditions");
            conditions.addObject().put("type", "Ready").put("status", ready).put("message", "1 of 2 flows satisfied");
            conditions.addObject().put("type", "Stalled").put("status", stalled).put("message", "");
        }
        return contract;
    }

    private static List<JsonNode> fluxChecks() {
        List<JsonNode> checks = new ArrayList<>();
        Yaml.documents(FOLDER.resolve("flux.yaml"))
                .forEach(document -> document.at("/spec/healthCheckExprs").forEach(checks::add));
        return checks;
    }

    /** As Flux does: failed comes before current, and what is neither is still in progress. */
    private static String flux(JsonNode check, ObjectNode contract) {
        Map<String, JsonNode> variables = Map.of(
                "metadata",
                contract.get("metadata"),
                "status",
                contract.has("status") ? contract.get("status") : contract.objectNode());
        if (Cel.holds(check.get("failed").asText(), variables)) {
            return "failed";
        }
        return Cel.holds(check.get("current").asText(), variables) ? "current" : "in progress";
    }

    private static String argo(ObjectNode contract) throws IOException {
        return run(contract).get("status").tojstring();
    }

    private static LuaValue run(ObjectNode contract) throws IOException {
        Globals globals = JsePlatform.standardGlobals();
        globals.set("obj", lua(contract));
        return globals.load(lua(), "health.lua").call();
    }

    private static String lua() throws IOException {
        return Files.readString(FOLDER.resolve("health.lua"));
    }

    private static LuaValue lua(JsonNode node) {
        if (node.isObject()) {
            LuaTable table = new LuaTable();
            node.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
            return table;
        }
        if (node.isArray()) {
            LuaTable table = new LuaTable();
            for (int i = 0; i < node.size(); i++) {
                table.set(i + 1, lua(node.get(i)));
            }
            return table;
        }
        return node.isNumber() ? LuaValue.valueOf(node.asDouble()) : LuaValue.valueOf(node.asText());
    }
}
