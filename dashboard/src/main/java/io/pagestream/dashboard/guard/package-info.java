/** Who may ask, from where and how often: all that stands before a question is read. */
@NullMarked
package io.pagestream.dashboard.guard;

import org.jspecify.annotations.NullMarked;
