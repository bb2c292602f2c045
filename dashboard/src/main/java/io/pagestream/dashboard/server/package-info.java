/**
 * The dashboard: a case, finished or still being analysed, in a browser. {@code docs/dashboard.md}
 * has its use, its endpoints and its security model.
 *
 * <pre>
 * request ─► guard (who, from where, how often) ─► api (one class a question) ─► store, images, notes
 *                                                  ▲
 *                       live (topics followed) ────┘ events
 * </pre>
 */
@NullMarked
package io.pagestream.dashboard.server;

import org.jspecify.annotations.NullMarked;
