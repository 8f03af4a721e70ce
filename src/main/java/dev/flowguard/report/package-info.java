/**
 * What {@code check} found, as one value, and the forms in which it is written. {@link dev.flowguard.report.Report} is made from
 * a state, from single changes or from the difference between two states; {@link dev.flowguard.report.SarifReport},
 * {@link dev.flowguard.report.MarkdownReport} and the others only write it down.
 * {@link dev.flowguard.report.ManifestPlaces} knows in which file and line the things stand that a report speaks of, and
 * {@link dev.flowguard.report.RepairYaml} writes repairs as manifests.
 */
@NullMarked
package dev.flowguard.report;

import org.jspecify.annotations.NullMarked;
