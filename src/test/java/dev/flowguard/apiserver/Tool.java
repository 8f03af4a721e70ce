package dev.flowguard.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How somebody brings a folder of objects into a cluster, and takes policies out of it: in one command, one after the other. */
interface Tool {
    /** Whether all of them were taken. */
    boolean apply(List<? extends JsonNode> objects) throws Exception;

    /** Whether all of them were deleted. */
    boolean deletePolicies(String namespace, String... names) throws Exception;

    /** As {@code kubectl apply --server-side} does, without its start. */
    static Tool serverSide(ApiClient client) {
        return requests(client, client::apply);
    }

    /** As {@code kubectl apply} does, without its start. */
    static Tool clientSide(ApiClient client) {
        return requests(client, client::applyClientSide);
    }

    /** A request that brings an object in. */
    interface Applying {
        ApiClient.Answer apply(JsonNode object) throws IOException, InterruptedException;
    }

    private static Tool requests(ApiClient client, Applying applying) {
        return new Tool() {
            @Override
            public boolean apply(List<? extends JsonNode> objects) throws IOException, InterruptedException {
                boolean all = true;
                for (JsonNode object : objects) {
                    all &= applying.apply(object).isSuccess();
                }
                return all;
            }

            @Override
            public boolean deletePolicies(String namespace, String... names) throws IOException, InterruptedException {
                boolean all = true;
                for (String name : names) {
                    all &= client.delete(InstalledFlowguard.policies(namespace) + "/" + name)
                            .isSuccess();
                }
                return all;
            }
        };
    }

    /** The program itself. */
    static Tool kubectl(Path kubeconfig, String... flags) {
        return new Tool() {
            @Override
            public boolean apply(List<? extends JsonNode> objects) throws IOException, InterruptedException {
                Path folder = Files.createTempDirectory(kubeconfig.getParent(), "apply");
                for (int each = 0; each < objects.size(); each++) {
                    Files.writeString(
                            folder.resolve(each + ".json"), objects.get(each).toString());
                }
                return run(Stream.concat(Stream.of("apply", "-f", folder.toString()), Stream.of(flags)));
            }

            @Override
            public boolean deletePolicies(String namespace, String... names) throws IOException, InterruptedException {
                return run(Stream.concat(
                        Stream.of("delete", "--wait=false", "-n", namespace, "networkpolicy"), Stream.of(names)));
            }

            private boolean run(Stream<String> arguments) throws IOException, InterruptedException {
                Process process = new ProcessBuilder(
                                Stream.concat(Stream.of("kubectl", "--kubeconfig", kubeconfig.toString()), arguments)
                                        .toList())
                        .redirectErrorStream(true)
                        .redirectOutput(kubeconfig.resolveSibling("kubectl.log").toFile())
                        .start();
                return process.waitFor() == 0;
            }
        };
    }
}
