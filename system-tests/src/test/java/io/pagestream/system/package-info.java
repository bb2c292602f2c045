/**
 * The whole pipeline, as users run it: real images, a real broker, real processes.
 *
 * <p>What must hold whatever happens is written down as {@link io.pagestream.system.Promise}s; the
 * tests differ in what they do to the pipeline while it runs.
 */
@NullMarked
package io.pagestream.system;

import org.jspecify.annotations.NullMarked;
