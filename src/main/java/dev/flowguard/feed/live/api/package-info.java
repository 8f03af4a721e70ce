/**
 * The API server, as the feed needs it: {@link dev.flowguard.feed.live.api.ApiServer} lists and watches
 * {@link dev.flowguard.feed.live.api.Resources resources}; what goes wrong is an {@link dev.flowguard.feed.live.api.ApiProblem}.
 */
@NullMarked
package dev.flowguard.feed.live.api;

import org.jspecify.annotations.NullMarked;
