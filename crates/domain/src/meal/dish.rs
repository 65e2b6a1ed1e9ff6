//! The dishes of a meal: those of the week's menu and those that were added, less those that were struck.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::waiting::OnTheWay;
use crate::id::dish_id;

/// What sort of food a dish is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// 主食.
    Staple,
    /// 热菜.
    Hot,
    /// 汤.
    Soup,
    /// 点心.
    Snack,
    /// 水果.
    Fruit,
    /// 预包装: it comes closed, and is given out as it came.
    Packaged,
}

impl Category {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Staple, Self::Hot, Self::Soup, Self::Snack, Self::Fruit, Self::Packaged];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Staple => "主食",
            Self::Hot => "热菜",
            Self::Soup => "汤",
            Self::Snack => "点心",
            Self::Fruit => "水果",
            Self::Packaged => "预包装",
        }
    }

    /// The category with this stored word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.word() == word)
    }
}

/// A dish that the week's menu has for a meal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MenuDish {
    /// What it is called.
    pub name: String,
    /// What sort of food it is.
    pub category: Option<Category>,
    /// Whether it is made here; none where nobody said.
    pub made_here: Option<bool>,
    /// What children may be allergic to in it.
    pub allergens: BTreeSet<String>,
}

/// Somebody has taken a dish off the card: `dishes/<id>/struck`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struck {
    /// Who.
    pub by: Option<Uuid>,
    /// Why (换菜登记).
    pub reason: String,
    /// The dish that came in its place (换菜).
    pub replaces: Option<Uuid>,
}

/// What the meal's own record says of a dish; what it says nothing of is as the menu has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DishFields {
    /// What it is called now. A new name changes nothing else: the id stays that of the name at birth.
    pub name: Option<String>,
    /// What sort of food it is.
    pub category: Option<Category>,
    /// Whether it is made here.
    pub made_here: Option<bool>,
    /// What children may be allergic to in it.
    pub allergens: Option<BTreeSet<String>>,
    /// When it came out of the pot and to the table.
    pub times: OnTheWay,
    /// That it was taken off.
    pub struck: Option<Struck>,
    /// The dish that it is one with.
    pub same_as: Option<Uuid>,
    /// The lines of deliveries that it was made of.
    pub lines: BTreeSet<Uuid>,
}

/// A dish of a meal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dish {
    /// The meal.
    pub meal: Uuid,
    /// v5(meal, the name at birth).
    pub id: Uuid,
    /// What it is called now.
    pub name: String,
    /// What sort of food it is.
    pub category: Option<Category>,
    /// Whether it is made here; none where nobody said.
    pub made_here: Option<bool>,
    /// What children may be allergic to in it.
    pub allergens: BTreeSet<String>,
    /// When it came out of the pot and to the table.
    pub times: OnTheWay,
    /// That it was taken off; it stays listed while a row is about it.
    pub struck: Option<Struck>,
    /// The lines of deliveries that it was made of.
    pub lines: BTreeSet<Uuid>,
    /// The ids that are one with it, its own among them.
    pub ids: BTreeSet<Uuid>,
    /// The names that rows may call it by, as [`name_key`] gives them.
    pub names: BTreeSet<String>,
    /// Whether the week's menu has it.
    pub is_planned: bool,
}

impl Dish {
    /// Whether it is still asked for: nobody has struck it.
    pub fn is_asked(&self) -> bool {
        self.struck.is_none()
    }

    /// Whether a sample must be kept of it: of everything that is made here. Only a person's word says that something is not, and
    /// who calls a dish 预包装 has said so.
    ///
    /// # Example
    /// ```
    /// use domain::meal::{Category, MenuDish, dishes_of};
    /// let menu = |name: &str, category, made_here| MenuDish { name: name.into(), category, made_here, ..Default::default() };
    /// let menu = [
    ///     menu("西瓜", Some(Category::Fruit), None),
    ///     menu("牛奶", Some(Category::Packaged), None),
    ///     menu("饼干", Some(Category::Snack), Some(false)),
    ///     menu("酸奶", Some(Category::Packaged), Some(true)),
    /// ];
    /// let dishes = dishes_of(uuid::Uuid::nil(), &menu, &Default::default());
    /// let asked: Vec<&str> = dishes.iter().filter(|dish| dish.needs_sample()).map(|dish| dish.name.as_str()).collect();
    /// assert_eq!(asked, ["西瓜", "酸奶"], "fruit is cut here, and this yoghurt is made here");
    /// ```
    pub fn needs_sample(&self) -> bool {
        self.is_made_here()
    }

    /// Whether its core temperature may be asked for: 热菜, 汤 and 主食 that are made here.
    pub fn needs_core(&self) -> bool {
        self.is_made_here() && matches!(self.category, Some(Category::Hot | Category::Soup | Category::Staple))
    }

    fn is_made_here(&self) -> bool {
        self.made_here.unwrap_or(self.category != Some(Category::Packaged))
    }
}

/// A name as dishes are told apart by: NFKC and trimmed.
pub fn name_key(name: &str) -> String {
    name.nfkc().collect::<String>().trim().to_owned()
}

/// The dish that a row is about: by its id, else by its name, now or at birth; none for what stands outside of the menu (菜单外).
pub fn dish_called<'d>(dishes: &'d [Dish], id: Option<Uuid>, name: &str) -> Option<&'d Dish> {
    let by_id = id.and_then(|id| dishes.iter().find(|dish| dish.ids.contains(&id)));
    by_id.or_else(|| {
        let key = name_key(name);
        let is_born = |dish: &Dish| dish.ids.contains(&dish_id(dish.meal, name));
        let is_called = |dish: &&Dish| !key.is_empty() && (dish.names.contains(&key) || is_born(dish));
        // Of two of one name, the one that is still asked for.
        dishes.iter().filter(is_called).min_by_key(|dish| !dish.is_asked())
    })
}

/// The dishes of a meal, those of the menu first and in its order, then those added, by their names.
///
/// The menu and the meal's own record may come in any order: a dish that a cook typed before the week's menu arrived is the menu's,
/// for its id comes from the name.
pub fn dishes_of(meal: Uuid, menu: &[MenuDish], own: &BTreeMap<Uuid, DishFields>) -> Vec<Dish> {
    let mut dishes: Vec<Dish> = Vec::new();
    for planned in menu {
        let id = dish_id(meal, &planned.name);
        if !dishes.iter().any(|dish| dish.id == id) {
            dishes.push(merged(meal, id, Some(planned), own.get(&id)));
        }
    }
    let is_planned = |id: &Uuid| dishes.iter().any(|dish| dish.id == *id);
    let mut added: Vec<Dish> = own
        .iter()
        .filter(|(id, _)| !is_planned(id))
        .map(|(id, fields)| merged(meal, *id, None, Some(fields)))
        .collect();
    added.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    dishes.extend(added);
    united(dishes, own)
}

fn merged(meal: Uuid, id: Uuid, planned: Option<&MenuDish>, own: Option<&DishFields>) -> Dish {
    let menu = planned.cloned().unwrap_or_default();
    let own = own.cloned().unwrap_or_default();
    let names = [Some(name_key(&menu.name)), own.name.as_deref().map(name_key)];
    Dish {
        meal,
        id,
        name: own.name.unwrap_or(menu.name),
        category: own.category.or(menu.category),
        made_here: own.made_here.or(menu.made_here),
        allergens: own.allergens.unwrap_or(menu.allergens),
        times: own.times,
        struck: own.struck,
        lines: own.lines,
        ids: BTreeSet::from([id]),
        names: names.into_iter().flatten().filter(|name| !name.is_empty()).collect(),
        is_planned: planned.is_some(),
    }
}

/// The dishes with each that is one with another put to it: its rows, its times and its lines count for that one.
fn united(dishes: Vec<Dish>, own: &BTreeMap<Uuid, DishFields>) -> Vec<Dish> {
    let known: BTreeSet<Uuid> = dishes.iter().map(|dish| dish.id).collect();
    let (mut heads, others): (Vec<Dish>, Vec<Dish>) =
        dishes.into_iter().partition(|dish| head_of(dish.id, own, &known) == dish.id);
    for other in others {
        let head = head_of(other.id, own, &known);
        let Some(dish) = heads.iter_mut().find(|dish| dish.id == head) else { continue };
        dish.ids.extend(other.ids);
        dish.names.extend(other.names);
        dish.lines.extend(other.lines);
        dish.allergens.extend(other.allergens);
        dish.is_planned |= other.is_planned;
        dish.times = dish.times.or(other.times);
    }
    heads
}

/// The dish that this one is one with in the end; of several that all point at each other the one with the lowest id.
fn head_of(dish: Uuid, own: &BTreeMap<Uuid, DishFields>, known: &BTreeSet<Uuid>) -> Uuid {
    let next = |id: Uuid| own.get(&id)?.same_as.filter(|other| *other != id && known.contains(other));
    let mut way = vec![dish];
    while let Some(id) = next(way[way.len() - 1]) {
        if let Some(start) = way.iter().position(|passed| *passed == id) {
            return way[start..].iter().copied().min().unwrap_or(dish);
        }
        way.push(id);
    }
    way[way.len() - 1]
}

/// Pairs of dishes that are called alike and still asked for: a person is offered to say that they are one.
pub fn same_names(dishes: &[Dish]) -> Vec<(Uuid, Uuid)> {
    let asked: Vec<&Dish> = dishes.iter().filter(|dish| dish.is_asked()).collect();
    let mut pairs = Vec::new();
    for (at, one) in asked.iter().enumerate() {
        let is_alike = |other: &&&Dish| name_key(&other.name) == name_key(&one.name);
        pairs.extend(asked[at + 1..].iter().filter(is_alike).map(|other| (one.id, other.id)));
    }
    pairs
}
