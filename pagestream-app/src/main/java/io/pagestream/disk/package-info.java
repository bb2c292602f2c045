/** How much of the disk a job takes, and the bound on it. */
@NullMarked
package io.pagestream.disk;

import org.jspecify.annotations.NullMarked;
