/* The style of the page that the view writes: lib/data/view.css, line by
 * line, and then NULL. */
#ifndef DESK_IO_VIEW_STYLE_H
#define DESK_IO_VIEW_STYLE_H

extern const char *const desk_view_style[];

#endif
