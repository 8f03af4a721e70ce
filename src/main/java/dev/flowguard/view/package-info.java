/**
 * The JSON API of the page that shows flows. Its answers are the records here: {@link ClusterMap} (who may talk to whom, and how the
 * declared flows stand), {@link Explanation} (why), {@link WhatIf} (what a change would do). {@link PageApi} makes them from the same
 * assessments as every other door and the same wording; no rule of judgement lives here. {@link ShownCluster} is what the page looks
 * at; {@link dev.flowguard.view.http} serves it.
 */
@NullMarked
package dev.flowguard.view;

import org.jspecify.annotations.NullMarked;
