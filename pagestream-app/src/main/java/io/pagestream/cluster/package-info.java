/** Reaching a cluster: waiting for it, its metrics, and the rights that each stage needs. */
@NullMarked
package io.pagestream.cluster;

import org.jspecify.annotations.NullMarked;
