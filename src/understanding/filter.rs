//! Conditions that roles must meet, and the order in which they are listed.

use crate::knowledge::language::Family;
use crate::knowledge::terms::{Contact, Education, Interest, License, Order, Remote, Trait};
use crate::knowledge::{RoleId, State, TrendId};

/// Conditions that a role must meet; an empty one is met by every role.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Remote work: any of these; none of them asks for nothing.
    pub remote: &'static [Remote],
    /// Least typical entry education.
    pub education_min: Option<Education>,
    /// Most typical entry education.
    pub education_max: Option<Education>,
    /// Least median pay, USD a year.
    pub pay_min: Option<f64>,
    /// Most median pay, USD a year.
    pub pay_max: Option<f64>,
    /// Least growth over the projected period, percent.
    pub growth_min: Option<f64>,
    /// Growth below this, percent.
    pub growth_max: Option<f64>,
    /// Least openings a year.
    pub openings_min: Option<f64>,
    /// Contact with patients: any of these; none of them asks for nothing.
    pub contact: &'static [Contact],
    /// License.
    pub license: Option<License>,
    /// A trend that touches it.
    pub trend: Option<TrendId>,
    /// The family of roles it belongs to.
    pub family: Option<Family>,
    /// The families of roles it must not belong to.
    pub without_families: Vec<Family>,
    /// The roles it must not be.
    pub without_roles: Vec<RoleId>,
    /// What the work must be like.
    pub traits: Vec<Trait>,
    /// What the work must not be like.
    pub avoid: Vec<Trait>,
    /// One of the role's own interest types.
    pub interest: Option<Interest>,
    /// Whose pay and jobs are meant: the whole country's where no state is named.
    pub state: Option<State>,
    /// Only these roles, where it is not empty: those that a talk has shown.
    pub among: Vec<RoleId>,
    /// Order; best paid where nothing is said.
    pub order: Option<Order>,
}

impl Filter {
    /// Whether anything at all is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether some roles are named that it shall not hold.
    pub fn leaves_out(&self) -> bool {
        !self.without_roles.is_empty() || !self.without_families.is_empty()
    }

    /// These conditions and others; where both set the same one, the other's holds.
    pub fn narrowed(&self, other: Self) -> Self {
        let list = |one: &'static [Remote], other: &'static [Remote]| {
            if other.is_empty() { one } else { other }
        };
        let contact = if other.contact.is_empty() {
            self.contact
        } else {
            other.contact
        };
        let both = |one: &[Trait], other: &[Trait]| one.iter().chain(other).copied().collect();
        Self {
            remote: list(self.remote, other.remote),
            education_min: other.education_min.or(self.education_min),
            education_max: other.education_max.or(self.education_max),
            pay_min: other.pay_min.or(self.pay_min),
            pay_max: other.pay_max.or(self.pay_max),
            growth_min: other.growth_min.or(self.growth_min),
            growth_max: other.growth_max.or(self.growth_max),
            openings_min: other.openings_min.or(self.openings_min),
            contact,
            license: other.license.or(self.license),
            trend: other.trend.or(self.trend),
            family: other.family.or(self.family),
            without_families: [self.without_families.as_slice(), &other.without_families].concat(),
            without_roles: [self.without_roles.as_slice(), &other.without_roles].concat(),
            traits: both(&self.traits, &other.traits),
            avoid: both(&self.avoid, &other.avoid),
            interest: other.interest.or(self.interest),
            state: other.state.or(self.state),
            among: if other.among.is_empty() {
                self.among.clone()
            } else {
                other.among
            },
            order: other.order.or(self.order),
        }
    }

    /// Whether some condition (not only an order, or a state to take the figures of) is set.
    pub fn has_condition(&self) -> bool {
        Self {
            order: None,
            state: None,
            ..self.clone()
        } != Self::default()
    }
}
