/**
 * The dashboard: shows a case, finished or still being analyzed, in a browser. {@code
 * docs/dashboard.md} describes its use, its endpoints and its security model.
 *
 * <pre>
 * request ─► guard (access, origin, rate) ───────► api (one class each) ─► store, images, notes
 *                                                  ▲
 *                       live (topics followed) ────┘ events
 * </pre>
 */
@NullMarked
package io.pagestream.dashboard.server;

import org.jspecify.annotations.NullMarked;
