/**
 * The state of a live cluster. {@link dev.flowguard.feed.live.LiveFeed} runs a {@link dev.flowguard.feed.live.KindFeed} for each kind
 * of objects, which lists and watches it through {@link dev.flowguard.feed.live.api.ApiServer}; what they observe gathers in
 * {@link dev.flowguard.feed.live.Arrivals}, from where {@link dev.flowguard.feed.live.SnapshotWriter} takes it into the model.
 * {@link dev.flowguard.feed.live.FeedHealth} knows how well the cluster is known, and whether that is enough to judge by.
 * {@link dev.flowguard.feed.live.ClusterListing} lists everything once instead, for a command that asks one question.
 */
@NullMarked
package dev.flowguard.feed.live;

import org.jspecify.annotations.NullMarked;
