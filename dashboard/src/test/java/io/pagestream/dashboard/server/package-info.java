/** Tests. */
@NullMarked
package io.pagestream.dashboard.server;

import org.jspecify.annotations.NullMarked;
