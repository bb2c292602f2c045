/** Tests. */
@NullMarked
package io.pagestream.dashboard.guard;

import org.jspecify.annotations.NullMarked;
