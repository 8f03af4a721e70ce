package dev.flowguard.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.flowguard.contract.Contract;
import dev.flowguard.kubernetes.contract.ContractReader;

/** Contracts as tests write them. */
final class ContractYaml {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private ContractYaml() {}

    static JsonNode tree(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }

    static Contract read(String yaml) {
        return ContractReader.read(tree(yaml));
    }

    /** The FlowContract {@code shop/c} with the flows, each without its braces. */
    static Contract inShop(String... flows) {
        return read("{apiVersion: flowguard.dev/v1alpha1, kind: FlowContract, metadata: {name: c, namespace: shop},"
                + " spec: {flows: [{" + String.join("}, {", flows) + "}]}}");
    }

    /** The ClusterFlowContract {@code c} with the flow, which comes without its braces. */
    static Contract clusterWide(String flow) {
        return read("{apiVersion: flowguard.dev/v1alpha1, kind: ClusterFlowContract, metadata: {name: c},"
                + " spec: {flows: [{" + flow + "}]}}");
    }
}
