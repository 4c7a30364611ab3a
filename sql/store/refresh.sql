-- every store is rendered by the latest form of its triggers
update store.store set name = name, theme = theme;
