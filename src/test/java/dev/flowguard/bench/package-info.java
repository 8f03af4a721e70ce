/**
 * How fast, and how large. {@link dev.flowguard.bench.GeneratedCluster} makes believable clusters of any {@link dev.flowguard.bench.Shape}
 * from a seed; {@link dev.flowguard.bench.Workbench} has what is measured on one of them, each with a checksum of its verdicts;
 * {@link dev.flowguard.bench.EngineBenchmark} measures that with JMH ({@code mvn verify -Pbench}), and {@code BenchSmokeTest} runs all of
 * it once on the smallest shape. {@link dev.flowguard.bench.CannedApiServer} serves such a cluster as an API server does, storms included, for
 * {@link dev.flowguard.bench.FeedBenchmark}, which measures the whole program beside it.
 */
@NullMarked
package dev.flowguard.bench;

import org.jspecify.annotations.NullMarked;
