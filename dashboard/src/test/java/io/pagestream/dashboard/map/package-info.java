/** Tests. */
@NullMarked
package io.pagestream.dashboard.map;

import org.jspecify.annotations.NullMarked;
