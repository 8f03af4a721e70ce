package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what the load test of {@code src/bench/load} sends: {@code LoadFiles SHAPE SEED REVIEWS FOLDER [manifests]} makes
 * {@code FOLDER/reviews.ndjson}, a review in each line, and if asked {@code FOLDER/manifests}, the cluster that they are about.
 */
final class LoadFiles {
    private LoadFiles() {}

    public static void main(String[] args) throws IOException {
        long seed = Long.parseLong(args[1]);
        GeneratedCluster cluster = new GeneratedCluster(Shape.named(args[0]), seed);
        Path folder = Path.of(args[3]);
        reviews(new GeneratedReviews(cluster, seed).draw(Integer.parseInt(args[2])), folder);
        if (args.length > 4) {
            manifests(cluster, Files.createDirectories(folder.resolve(args[4])));
        }
        System.out.println("cluster " + args[0] + ", seed " + seed + ", SHA-256 " + cluster.hash());
    }

    static void reviews(List<ObjectNode> reviews, Path folder) throws IOException {
        Files.write(
                folder.resolve("reviews.ndjson"),
                reviews.stream().map(ObjectNode::toString).toList());
    }

    /** A file for each namespace: no file is so large that reading it takes much memory. JSON is YAML, and quicker to write. */
    static void manifests(GeneratedCluster cluster, Path folder) throws IOException {
        Map<String, StringBuilder> files = new LinkedHashMap<>();
        for (ObjectNode object : cluster.objects()) {
            String namespace = object.at("/metadata/namespace").asText("cluster");
            files.computeIfAbsent(namespace, name -> new StringBuilder())
                    .append("---\n")
                    .append(object)
                    .append('\n');
        }
        for (Map.Entry<String, StringBuilder> file : files.entrySet()) {
            try (BufferedWriter out =
                    Files.newBufferedWriter(folder.resolve(file.getKey() + ".yaml"), StandardOpenOption.CREATE_NEW)) {
                out.append(file.getValue());
            }
        }
    }
}
