/**
 * Tests of the whole pipeline as users run it: real images, a real broker, real processes.
 *
 * <p>Invariants are described by {@link io.pagestream.system.Promise}s; the tests differ in their
 * interference with the pipeline while it runs.
 */
@NullMarked
package io.pagestream.system;

import org.jspecify.annotations.NullMarked;
