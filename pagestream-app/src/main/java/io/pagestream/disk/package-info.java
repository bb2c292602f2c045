/** The disk usage of a job, and its limit. */
@NullMarked
package io.pagestream.disk;

import org.jspecify.annotations.NullMarked;
